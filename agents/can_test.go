package agents_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/agents"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The golden file is the table as a reviewer should see it: a change of a right is a changed line.
func TestA8EveryVerbIsDecidedForEveryRole(t *testing.T) {
	t.Parallel()
	const golden = "testdata/can.golden"
	got := renderTable(declaredVerbs(t))
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, string(want)); diff != "" {
		t.Errorf("review the change, then run with -update; got -, want +:\n%s", diff)
	}
}

func TestA8EveryDeclaredVerbHasARow(t *testing.T) {
	t.Parallel()
	for _, verb := range declaredVerbs(t) {
		if !verb.Known() {
			t.Errorf("%s has no row in the table of can.go", verb)
		}
	}
}

func TestA8UnknownRolesAndVerbsAreRefused(t *testing.T) {
	t.Parallel()
	for _, verb := range declaredVerbs(t) {
		if agents.Can("", verb) || agents.Can("root", verb) {
			t.Errorf("an unknown role may %s", verb)
		}
	}
	for _, role := range agents.Roles() {
		if !role.Known() || agents.Can(role, "") || agents.Can(role, "agent.everything") {
			t.Errorf("%s may do what is not in the table", role)
		}
	}
}

func TestA8TheSiteDecidesWhereARoleCounts(t *testing.T) {
	t.Parallel()
	for _, verb := range declaredVerbs(t) {
		for _, role := range agents.Roles() {
			here := agents.Account{Role: role, Sites: []string{"a", "b"}}
			all := agents.Account{Role: role, Sites: []string{agents.EverySite}}
			gone := agents.Account{Role: role, Sites: []string{agents.EverySite}, Disabled: true}
			got := []bool{here.May(verb, "a"), all.May(verb, "a"), here.May(verb, "c"), gone.May(verb, "a")}
			can := agents.Can(role, verb)
			if diff := cmp.Diff(got, []bool{can, can, false, false}); diff != "" {
				t.Errorf("%s %s on its site, with all sites, on a foreign site, disabled:\n%s", role, verb, diff)
			}
		}
	}
}

func TestA8AnAccountManagesOnlyWithinItsSites(t *testing.T) {
	t.Parallel()
	some := agents.Account{Sites: []string{"a", "b"}}
	all := agents.Account{Sites: []string{agents.EverySite}}
	for _, c := range []struct {
		who           agents.Account
		sites         []string
		covers, meets bool
	}{
		{some, []string{"a"}, true, true},
		{some, []string{"a", "c"}, false, true},
		{some, []string{"c"}, false, false},
		{some, []string{agents.EverySite}, false, true},
		{all, []string{"c"}, true, true},
		{all, []string{agents.EverySite}, true, true},
	} {
		if got := c.who.Covers(c.sites); got != c.covers {
			t.Errorf("%v covers %v: got %v, want %v", c.who.Sites, c.sites, got, c.covers)
		}
		if got := c.who.Meets(c.sites); got != c.meets {
			t.Errorf("%v meets %v: got %v, want %v", c.who.Sites, c.sites, got, c.meets)
		}
	}
}

func renderTable(verbs []agents.Verb) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-16s", "")
	for _, role := range agents.Roles() {
		fmt.Fprintf(&b, "%-6s", role)
	}
	for _, verb := range verbs {
		fmt.Fprintf(&b, "\n%-16s", verb)
		for _, role := range agents.Roles() {
			fmt.Fprintf(&b, "%-6s", map[bool]string{true: "yes", false: "-"}[agents.Can(role, verb)])
		}
	}
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// declaredVerbs reads the constants of type Verb from the source, so that a verb that was declared
// and never decided is found.
func declaredVerbs(t *testing.T) []agents.Verb {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "can.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var verbs []agents.Verb
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		typ, isIdent := spec.Type.(*ast.Ident)
		value, isLiteral := spec.Values[0].(*ast.BasicLit)
		if !isIdent || !isLiteral || typ.Name != "Verb" {
			return true
		}
		verb, err := strconv.Unquote(value.Value)
		if err != nil {
			t.Fatal(err)
		}
		verbs = append(verbs, agents.Verb(verb))
		return true
	})
	if len(verbs) < 20 {
		t.Fatalf("found only %d verbs in can.go: %v", len(verbs), verbs)
	}
	slices.Sort(verbs)
	return verbs
}
