//go:build planted

package plant

import (
	"fmt"
	"os"
	"strings"
)

// Variable names the bug to plant.
const Variable = "YIJIAN_PLANT"

// The bugs in Go.
var (
	// Inbox delivers an early event as if it were next.
	Inbox = chosen("inbox")
	// Wait acknowledges without waiting for a replica.
	Wait = chosen("wait")
	// Press forgets some wishes for a person.
	Press = chosen("press")
	// Capacity is by how many conversations a seat's is exceeded.
	Capacity = map[bool]int{true: 1}[chosen("capacity")]
)

func chosen(name string) bool { return os.Getenv(Variable) == name }

// cut is a text of a script and what a bug has in its stead.
type cut struct{ script, sound, rotten string }

// lua are the bugs in scripts, by the name of the bug.
var lua = map[string][]cut{
	"dedupe": {{"lua/append.lua", `local at = redis.call('ZSCORE', KEYS[3], ARGV[i])`, `local at = false`}},
	"epoch": {
		{"lua/append.lua", `if ARGV[3] ~= '' and tonumber(ARGV[3]) ~= epoch then return 'epoch' end`, ``},
		{"lua/append.lua", `if o ~= 'bot' then return 'owner' end`, ``},
		{"lua/append.lua", `if ARGV[3] == '' or ARGV[4] == '' or ARGV[4] ~= ask then return 'ask' end`, ``},
	},
	"timer": {{"lua/append.lua", `redis.call('ZADD', KEYS[4], 'LT', ms + 2000, 'settle:' .. ARGV[2])`, ``}},
	"place": {
		{"lua/append.lua", `if to == 'waiting' and (owner == 'bot' or owner == 'closed') then arrived = us end`, `if to == 'waiting' then arrived = us end`},
		{"lua/decline.lua", `put_back(t, holds, due, sid)`, "put_back(t, holds, due, sid)\nredis.call('HSET', t, 'arrived', int(now))"},
	},
	"memory": {{
		"lua/restore.lua", `redis.call('ZADD', KEYS[4], 'LT', ms, 'settle:' .. sid)`,
		"redis.call('ZADD', KEYS[4], 'LT', ms, 'settle:' .. sid)\nif now[1] == 'waiting' then redis.call('HSET', KEYS[1], 'arrived', string.format('%.0f', ms * 1000)) end",
	}},
	"double": {{
		"lua/offer.lua", `return give(t, seat, holds, due, v, sid, agent, token, now, tonumber(ARGV[5]))`,
		"local out = give(t, seat, holds, due, v, sid, agent, token, now, tonumber(ARGV[5]))\nredis.call('HSET', t, 'state', 'waiting')\nreturn out",
	}},
	"capacity": {{"lua/offer.lua", `if load_of(holds, agent) + room > num(seat, 'capacity') then`, `if load_of(holds, agent) + room > num(seat, 'capacity') + 1 then`}},
}

// Script returns the source of a script with the chosen bug in it, if that is where it lives.
func Script(path, source string) string { return rot(os.Getenv(Variable), path, source) }

func rot(bug, path, source string) string {
	for _, c := range lua[bug] {
		if c.script != path {
			continue
		}
		if strings.Count(source, c.sound) != 1 {
			panic(fmt.Sprintf("the bug %s cannot be planted: %s does not have exactly one %q any more", bug, path, c.sound))
		}
		source = strings.Replace(source, c.sound, c.rotten, 1)
	}
	return source
}
