package queue

import "yijian/session"

// keys names the keys of one site's desk. They share a hash tag, so that one script may touch any of
// them.
//
//	v            string  version: grows with every change that a match or a console could notice
//	t:<sid>      hash    ticket; once gone only state, epoch, since, owner and offer number, for 25 h
//	line:<queue> zset    sid by arrival − head start in µs: waiting, offered and accepting
//	queues       set     the queues whose line is not empty
//	aside        zset    sid by the ms since when it is neither offered nor counted: away, or not to be
//	                     called yet
//	callbacks    zset    sid by the ms from when on to call: those who are to be called, or were missed
//	holds        zset    "<agent>|<sid>" at score 0: offered, accepting and held. A ticket of weight 3
//	                     has "<agent>|<sid>|2" and "…|3" as well: a load is a number of members
//	seat:<agent> hash    status, capacity, langs, skills, name, ver, missed, wrap_until
//	seats        zset    agent by lease end in ms
//	seatnodes:<agent> zset node by lease end in ms: who has a socket of that agent; expires
//	idle         zset    agent by the µs since when it has less to do
//	due          zset    timers "offer:<sid>", "accepting:<sid>", "aside:<sid>", "seat:<agent>",
//	                     "wrapup:<agent>", "check:desk" by
//	                     deadline in ms
//	dispatch     hash    who is matching tickets now: holder, until in µs; marked if others asked meanwhile
//	gen          string  marks a desk that knows its sessions; goes when Redis loses its memory
//	waits        zset    "<sid>:<epoch>:<wait in ms>" by when that wait ended, in ms; expires
//	handle:<queue> list  the newest handle times in ms; expires after a week
type keys struct{ prefix string }

func keysOf(site string) keys { return keys{"yj:{desk:" + site + "}:"} }

func (k keys) version() string               { return k.prefix + "v" }
func (k keys) ticket(id session.ID) string   { return k.prefix + "t:" + string(id) }
func (k keys) line(queue string) string      { return k.prefix + "line:" + queue }
func (k keys) queues() string                { return k.prefix + "queues" }
func (k keys) aside() string                 { return k.prefix + "aside" }
func (k keys) callbacks() string             { return k.prefix + "callbacks" }
func (k keys) holds() string                 { return k.prefix + "holds" }
func (k keys) seat(agent string) string      { return k.prefix + "seat:" + agent }
func (k keys) seats() string                 { return k.prefix + "seats" }
func (k keys) seatNodes(agent string) string { return k.prefix + "seatnodes:" + agent }
func (k keys) idle() string                  { return k.prefix + "idle" }
func (k keys) due() string                   { return k.prefix + "due" }
func (k keys) dispatch() string              { return k.prefix + "dispatch" }
func (k keys) gen() string                   { return k.prefix + "gen" }
func (k keys) waits() string                 { return k.prefix + "waits" }
func (k keys) handle(queue string) string    { return k.prefix + "handle:" + queue }
