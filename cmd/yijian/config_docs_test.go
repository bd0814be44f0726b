package main

import (
	"os"
	"strings"
	"testing"
)

// What the documents tell people to write has to be what Load reads.
func TestTheSettingsInTheDocumentsLoad(t *testing.T) {
	t.Parallel()
	for path, first := range map[string]string{
		"../../docs/OPERATIONS.md":            "    listen: :8080",
		"../../deploy/kubernetes/yijian.yaml": "    sites:",
	} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, text, found := strings.Cut(string(data), "\n"+first+"\n")
		if !found {
			t.Fatalf("%s shows no settings that begin with %q", path, first)
		}
		var settings strings.Builder
		settings.WriteString(first + "\n")
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "    ") {
				break
			}
			settings.WriteString(line)
		}
		cfg, err := Load(Flags{Config: path}, nil, file(path, settings.String()))
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if cfg.Sites[0].ID != "shop" {
			t.Errorf("%s: the site is %+v", path, cfg.Sites[0])
		}
	}
}
