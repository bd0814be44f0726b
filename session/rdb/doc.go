// Package rdb opens Redis from one URL and owns what every key of Yijian shares: the prefix, the
// hash tags that decide which keys live together, and the way embedded Lua is loaded. Each package
// names its own keys in one keys.go, built from the tags of this one.
//
// "mem://" is a Redis inside this process: the one implementation of every store, for one node.
package rdb
