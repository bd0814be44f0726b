package rdb_test

// goldenTags pins a few tags of the table that tags.go searches.
var goldenTags = map[int]string{
	0:   "{p1q}",
	1:   "{p68}",
	255: "{p4q}",
}
