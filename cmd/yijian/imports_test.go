package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors is the house from the ground up: a file imports from its own floor and from below.
var floors = []string{"session", "agents", "router", "web", "cmd"}

// walls stand within the floors: code in one folder never imports another, or what starts with it.
// They hold for tests as well where tests is true, and not for what lies in the folder inside.
var walls = []struct {
	in, never string
	inside    string
	but       []string
	tests     bool
	why       string
}{
	{in: "session/rdb", never: "yijian/", but: []string{"yijian/session/rdb", "yijian/session/plant"}, tests: true, why: "opening Redis knows nothing of what is kept in it"},
	{in: "session/plant", never: "yijian/", but: []string{"yijian/session/plant"}, tests: true, why: "a bug is planted below everything"},
	{in: "session", never: "yijian/session/record", inside: "session/record", but: []string{"yijian/session/record/"}, why: "session declares what it needs of a record; record implements it"},
	{in: "router/", never: "yijian/router", but: []string{"yijian/router/"}, tests: true, why: "the rooms of router do not know the door"},
	{in: "router/escalate", never: "yijian/", but: []string{"yijian/router/escalate", "yijian/router/hans", "yijian/session"}, tests: true, why: "a decision is a function of values"},
	{in: "router/escalate", never: "yijian/session/", tests: true, why: "a decision reads events, never the store they are kept in"},
	{in: "router/bot", never: "yijian/", but: []string{"yijian/router/bot", "yijian/router/hans"}, tests: true, why: "a connector sees one turn, never the session"},
	{in: "router/hans", never: "yijian/", but: []string{"yijian/router/hans"}, tests: true, why: "characters know nothing of the house"},
	{in: "router/queue", never: "yijian/router/", but: []string{"yijian/router/queue"}, why: "the desk returns outcomes; router acts on them"},
	{in: "web/wire", never: "yijian/", but: []string{"yijian/web/wire"}, tests: true, why: "frames are values"},
	{in: "web/ws", never: "yijian/", but: []string{"yijian/web/ws"}, tests: true, why: "a socket carries bytes of any protocol"},
	{in: "", never: "yijian/session/rdb/rdbtest", why: "test servers are for tests"},
	{in: "", never: "yijian/session/record/pgtest", why: "test servers are for tests"},
	{in: "", never: "yijian/router/bot/openai/modeltest", why: "test servers are for tests"},
	{in: "", never: "testing", why: "test helpers live in files or packages named test"},
}

// pure is code that decides and does nothing else, so that a replay and a test see what production
// saw: no I/O, no clock, no dice.
var pure = []string{
	"router/escalate/", "router/hans/hans.go", "router/bot/openai/verdict.go", "router/hours/", "router/queue/match.go", "router/queue/eta.go", "router/queue/eta_told.go",
	"router/queue/headstart.go", "session/moves.go",
	"session/state.go", "agents/presence.go", "web/wire/",
	"cmd/yijian/torture/check/",
}

// impure is what pure code may not import; a folder stands for all below it.
var impure = []string{
	"bufio", "context", "crypto/rand", "database", "io", "log", "math/rand", "net", "os", "runtime",
	"sync", "syscall", "testing", "github.com",
}

// clock is what pure code may not call of package time.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	for _, f := range sources(t) {
		own := slices.Index(floors, f.floor())
		if own < 0 {
			t.Errorf("%s lies on no floor of the house; the floors are %v", f.path, floors)
		}
		for _, imported := range f.imports {
			if at := floorOf(imported); at > own {
				t.Errorf("%s imports %s, but imports run %s", f.path, imported, strings.Join(floors, " ← "))
			}
		}
	}
}

func TestNoFileReachesThroughAWall(t *testing.T) {
	t.Parallel()
	for _, f := range sources(t) {
		for _, wall := range walls {
			if !f.lies(wall.in) || f.test && !wall.tests || wall.inside != "" && f.lies(wall.inside) {
				continue
			}
			for _, imported := range f.imports {
				allowed := slices.ContainsFunc(wall.but, func(p string) bool { return under(imported, p) })
				if under(imported, wall.never) && !allowed {
					t.Errorf("%s imports %s: %s", f.path, imported, wall.why)
				}
			}
		}
	}
}

func TestPureCodeHasNoInputNoOutputAndNoClock(t *testing.T) {
	t.Parallel()
	for _, f := range sources(t) {
		if f.test || !slices.ContainsFunc(pure, func(p string) bool { return strings.HasPrefix(f.path, p) }) {
			continue
		}
		for _, imported := range f.imports {
			if slices.ContainsFunc(impure, func(p string) bool { return under(imported, p) }) {
				t.Errorf("%s imports %s, but it only decides; take values, and let the caller act", f.path, imported)
			}
		}
		for _, call := range f.clockCalls() {
			t.Errorf("%s uses time.%s; take the moment as a value", f.path, call)
		}
	}
}

// A test of the tests: each rule sees what it forbids.
func TestTheRulesSeeWhatTheyForbid(t *testing.T) {
	t.Parallel()
	if floorOf("yijian/web/wire") != 3 || floorOf("yijian/session") != 0 || floorOf("net/http") != -1 {
		t.Error("floors are not found")
	}
	for pair, want := range map[[2]string]bool{
		{"yijian/router", "yijian/router"}:          true,
		{"yijian/router/queue", "yijian/router/"}:   true,
		{"yijian/router", "yijian/router/"}:         false,
		{"yijian/routers", "yijian/router"}:         false,
		{"net/http", "net"}:                         true,
		{"network", "net"}:                          false,
		{"github.com/redis/go-redis", "github.com"}: true,
	} {
		if got := under(pair[0], pair[1]); got != want {
			t.Errorf("%s under %s: got %t", pair[0], pair[1], got)
		}
	}
	file := parse(t, "escalate.go", "package x\nimport clock \"time\"\nvar t = clock.Now()\nvar d = clock.Second\n")
	if got := file.clockCalls(); !slices.Equal(got, []string{"Now"}) {
		t.Errorf("clock calls: got %v", got)
	}
}

// source is one Go file of the module.
type source struct {
	path    string // from the root, with slashes
	test    bool
	imports []string
	tree    *ast.File
}

func (s source) floor() string {
	floor, _, _ := strings.Cut(s.path, "/")
	return floor
}

// lies reports whether the file is in a folder; one that ends in a slash means only those below it.
func (s source) lies(folder string) bool { return folder == "" || under(path.Dir(s.path), folder) }

// clockCalls returns what the file uses of package time that reads the clock.
func (s source) clockCalls() []string {
	name := ""
	for _, spec := range s.tree.Imports {
		if spec.Path.Value == `"time"` {
			name = "time"
			if spec.Name != nil {
				name = spec.Name.Name
			}
		}
	}
	var calls []string
	ast.Inspect(s.tree, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := selector.X.(*ast.Ident); ok && pkg.Name == name && slices.Contains(clock, selector.Sel.Name) {
			calls = append(calls, selector.Sel.Name)
		}
		return true
	})
	return calls
}

// under reports whether a package is another one or below it; one that ends in a slash means only
// those below it.
func under(pkg, root string) bool {
	if strings.HasSuffix(root, "/") {
		return strings.HasPrefix(pkg, root)
	}
	return pkg == root || strings.HasPrefix(pkg, root+"/")
}

func floorOf(imported string) int {
	return slices.IndexFunc(floors, func(floor string) bool { return under(imported, "yijian/"+floor) })
}

// sources parses every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var all []source
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped(entry.Name()):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(file) != ".go":
			return nil
		}
		relative, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		parsed := parse(t, file, nil)
		parsed.path = filepath.ToSlash(relative)
		parsed.test = strings.HasSuffix(file, "_test.go") || strings.HasSuffix(path.Dir(parsed.path), "test")
		all = append(all, parsed)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("found only %d Go files; is the root of the module %s?", len(all), root)
	}
	return all
}

func skipped(folder string) bool {
	return folder == "node_modules" || folder == "testdata" || folder == "bin" || folder == ".git"
}

func parse(t *testing.T, name string, text any) source {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	s := source{tree: tree}
	for _, spec := range tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		s.imports = append(s.imports, imported)
	}
	return s
}
