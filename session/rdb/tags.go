package rdb

import (
	"strconv"
	"sync"
)

// Partitions is how many groups the sessions are spread over. It is fixed for ever: a session's
// keys are found by it.
const Partitions = 256

const (
	slots        = 16384
	slotsPerPart = slots / Partitions
)

// Tag returns the hash tag of partition i, braces included. It is searched so that partition i
// hashes into the slots [64i, 64i+63]: any even split of the slots over shards then splits the
// partitions evenly too.
func Tag(i int) string { return tags()[i] }

// PartitionOf says which partition an id belongs to.
func PartitionOf(id string) int { return int(crc16(id)) % Partitions }

var tags = sync.OnceValue(func() [Partitions]string {
	var out [Partitions]string
	for found, n := 0, 0; found < Partitions; n++ {
		name := "p" + strconv.FormatInt(int64(n), 36)
		part := int(crc16(name)) % slots / slotsPerPart
		if out[part] == "" {
			out[part] = "{" + name + "}"
			found++
		}
	}
	return out
})

// crc16 is the CRC16-CCITT (XMODEM) that the Redis Cluster specification hashes keys with.
func crc16(s string) uint16 {
	var crc uint16
	for i := range len(s) {
		crc ^= uint16(s[i]) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}
