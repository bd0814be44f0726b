package rdb_test

// goldenTags pins a few tags of the table that tags.go searches.
var goldenTags = map[int]string{}
