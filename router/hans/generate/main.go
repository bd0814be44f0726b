// Command generate writes router/hans/table.go from OpenCC's dictionary of characters (Apache-2.0),
// as the Go module below packs it. The module is read from the module cache, where the go command
// keeps it by its checksum, and is no dependency of anything that is built.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	module     = "github.com/longbridgeapp/opencc@v0.3.13"
	sum        = "h1:H8r4oXL4s+oR3gbBb4tW4D26jT+Mc5+znzwAnXsx4ao="
	dictionary = "dictionary/TSCharacters.txt"
)

// ours are characters that the dictionary keeps apart and that mean the same to a reader of words.
const ours = "妳你 著着 牠它 祂他 俩两 帐账 麽么 曡叠 裏里"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1) //nolint:forbidigo // a command of its own
	}
}

func run() error {
	dir, err := fetch()
	if err != nil {
		return err
	}
	pairs, err := read(filepath.Join(dir, dictionary))
	if err != nil {
		return err
	}
	for p := range strings.FieldsSeq(ours) {
		from, n := utf8.DecodeRuneInString(p)
		to, _ := utf8.DecodeRuneInString(p[n:])
		pairs[from] = to
	}
	// A chain ends where it ends: 賬 is 账 and 帐 is 账, whatever the dictionary says of 帳.
	for from, to := range pairs {
		for next, ok := pairs[to]; ok && next != to; next, ok = pairs[to] {
			to = next
		}
		pairs[from] = to
	}
	return write("table.go", pairs)
}

// fetch answers the folder of the module, which must be the very one this command was written for.
func fetch() (string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", module).Output() //nolint:noctx // run by hand
	if err != nil {
		return "", fmt.Errorf("downloading %s: %w", module, err)
	}
	var got struct{ Dir, Sum string }
	if err := json.Unmarshal(out, &got); err != nil {
		return "", fmt.Errorf("reading what go mod download says: %w", err)
	}
	if got.Sum != sum {
		return "", fmt.Errorf("%s has the checksum %s, want %s", module, got.Sum, sum)
	}
	return got.Dir, nil
}

// read reads lines of a traditional character, a tab and its simplified forms, the usual one first.
func read(name string) (map[rune]rune, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	pairs := map[rune]rune{}
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		from, forms, _ := strings.Cut(s.Text(), "\t")
		to, _, _ := strings.Cut(forms, " ")
		if f, t := only(from), only(to); f != 0 && t != 0 && f != t {
			pairs[f] = t
		}
	}
	return pairs, nil
}

// only answers the character that s is, if it is one of those that package hans knows, else 0.
func only(s string) rune {
	r, n := utf8.DecodeRuneInString(s)
	if n != len(s) || r < 0x3400 || r > 0x9fff {
		return 0
	}
	return r
}

func write(name string, pairs map[rune]rune) error {
	var from []rune
	for r := range pairs {
		from = append(from, r)
	}
	slices.Sort(from)
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated from %s of %s; DO NOT EDIT.\n", dictionary, module)
	b.WriteString("// The dictionary is OpenCC's, Apache-2.0: https://github.com/BYVoid/OpenCC\n\npackage hans\n\n")
	fmt.Fprintf(&b, "// pairs are %d traditional characters, each followed by its simplified form.\nconst pairs = \"\"", len(from))
	const perLine = 32
	for i, r := range from {
		if i%perLine == 0 {
			b.WriteString(" +\n\"")
		}
		b.WriteRune(r)
		b.WriteRune(pairs[r])
		if i%perLine == perLine-1 || i == len(from)-1 {
			b.WriteByte('"')
		}
	}
	b.WriteByte('\n')
	out, err := format.Source(b.Bytes())
	if err != nil {
		return err
	}
	return os.WriteFile(name, out, 0o644) //nolint:gosec // source code
}
