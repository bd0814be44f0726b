// Package redisproc starts redis-servers on free loopback ports and does to them what happens to
// servers: kill -9, SIGSTOP, a restart. The tests of every store run on servers from here, and so
// does yijian torture. A server never outlives the process that started it.
//
//	Start ──▶ running ◀──Continue── paused
//	             │ ▲ └──Pause──────▶
//	        Kill │ │ Restart
//	             ▼ │
//	            dead         Stop, from anywhere: gone, with its folder
package redisproc
