package rdb

import (
	"context"
	"embed"
	"strings"

	"github.com/redis/go-redis/v9"

	"yijian/session/plant"
)

// Script is one embedded Lua file, loaded into Redis when first needed.
type Script struct{ *redis.Script }

// NewScript reads a script from an embedded folder and puts prelude, Lua shared by several scripts,
// in front of it. It panics if the file is missing: that is a mistake of the programmer, found by
// any test that imports the package.
func NewScript(fs embed.FS, path string, prelude ...string) Script {
	src, err := fs.ReadFile(path)
	if err != nil {
		panic("missing embedded script " + path + ": " + err.Error())
	}
	return Script{redis.NewScript(strings.Join(prelude, "\n") + "\n" + plant.Script(path, string(src)))}
}

// Do runs the script by its hash, sending the source only when Redis does not know it.
func (s Script) Do(ctx context.Context, c redis.Scripter, keys []string, args ...any) *redis.Cmd {
	return s.Run(ctx, c, keys, args...)
}

// NowLua is the one clock of every script: it takes now_ms, and 0, always in production, means the
// clock of Redis itself.
const NowLua = `
local function now_us(arg)
  local ms = tonumber(arg)
  if ms > 0 then return ms * 1000 end
  local t = redis.call('TIME')
  return t[1] * 1000000 + t[2]
end`
