// Package torture breaks a running Yijian in every way a night can break it, and keeps what everybody
// saw, so that package check can say afterwards whether a promise was broken.
//
// Everything is real: redis-servers, `yijian serve` processes, sockets through small proxies, agents
// with accounts. Visitors and agents behave like our pages do; what they send and receive goes into a
// history (package history). The end has an order, because a history can only be judged if nothing
// moves any more:
//
//	build ─▶ load + faults ─▶ heal ─▶ visitors finish ─▶ agents rest, desk is quiet ─▶
//	every session is resumed ─▶ the desk and all logs are read ─▶ verdict
//
// One seed makes what the visitors want, what the agents do and which faults come when. What the
// machine makes of it is its own, so the same seed breaks the same things at about the same times.
package torture
