package session

import (
	"embed"

	"yijian/session/rdb"
)

//go:embed lua/*.lua
var luaFiles embed.FS

//go:embed lua/lease.lua
var leaseLua string

// The scripts, each a file in lua/ that opens with its contract.
var (
	createScript     = rdb.NewScript(luaFiles, "lua/create.lua", rdb.NowLua)
	appendScript     = rdb.NewScript(luaFiles, "lua/append.lua", rdb.NowLua, luaMoves())
	openScript       = rdb.NewScript(luaFiles, "lua/open.lua", rdb.NowLua, leaseLua)
	renewScript      = rdb.NewScript(luaFiles, "lua/renew.lua", rdb.NowLua, leaseLua)
	lookScript       = rdb.NewScript(luaFiles, "lua/look.lua", rdb.NowLua)
	quietScript      = rdb.NewScript(luaFiles, "lua/quiet.lua", rdb.NowLua)
	preferScript     = rdb.NewScript(luaFiles, "lua/prefer.lua")
	eraseScript      = rdb.NewScript(luaFiles, "lua/erase.lua")
	evictScript      = rdb.NewScript(luaFiles, "lua/evict.lua", rdb.NowLua)
	unarchivedScript = rdb.NewScript(luaFiles, "lua/unarchived.lua")
	archivedScript   = rdb.NewScript(luaFiles, "lua/archived.lua", rdb.NowLua)
	restoreScript    = rdb.NewScript(luaFiles, "lua/restore.lua", rdb.NowLua)
	voidScript       = rdb.NewScript(luaFiles, "lua/void.lua")
	claimScript      = rdb.NewScript(luaFiles, "lua/claim.lua", rdb.NowLua)
	failedScript     = rdb.NewScript(luaFiles, "lua/failed.lua", rdb.NowLua)
	doneScript       = rdb.NewScript(luaFiles, "lua/done.lua", rdb.NowLua)
)
