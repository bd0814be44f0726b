package backup

import (
	"slices"
	"strings"
)

// Covers reports whether a table is backed up or rebuilt.
func Covers(name string) bool {
	return slices.Contains(tables, name) ||
		slices.ContainsFunc(rebuilt, func(r string) bool { return name == r || strings.HasPrefix(name, r+"_") })
}

// Tables are those that a backup holds, in the order in which they are restored.
func Tables() []string { return slices.Clone(tables) }
