// Package ui holds the built pages: the widget, the demo shop and the consoles. Without Node only
// the committed placeholder is there, so that `go build ./...` works on a fresh clone.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Pages returns the files of dist.
func Pages() (fs.FS, error) { return fs.Sub(dist, "dist") }
