package agents

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Limits of an account. Nobody talks well to more than a handful of people at once; the upper bound
// of the capacity only catches slips of the finger.
const (
	DefaultCapacity = 3
	MaxCapacity     = 50
	maxName         = 40
)

// EverySite in Account.Sites stands for all sites, also those that come later.
const EverySite = "*"

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]{0,63}$`)

// Account is one person, or one program with an API key, that works with visitors or for them.
type Account struct {
	ID string
	// Name is shown to visitors.
	Name  string
	Login string
	Role  Role
	Sites []string
	Langs []string
	// Skills are the queues the account serves, and how well; none means all, at the lowest level.
	Skills []Skill
	// Capacity is how many sessions the account answers at once, at least 1.
	Capacity    int
	HasPassword bool
	Disabled    bool
	Created     time.Time
	// SignedIn is the time of the last sign-in, zero if there was none yet.
	SignedIn time.Time
}

// OnSite reports whether the account works for a site.
func (a Account) OnSite(site string) bool {
	return slices.Contains(a.Sites, site) || slices.Contains(a.Sites, EverySite)
}

// May reports whether the account may do what verb names on a site. Every check of a thing that
// belongs to a site goes through here.
func (a Account) May(verb Verb, site string) bool {
	return !a.Disabled && Can(a.Role, verb) && a.OnSite(site)
}

// Covers reports whether a works for all of these sites, which is what it takes to manage an account
// or to give one access to them.
func (a Account) Covers(sites []string) bool {
	return !slices.ContainsFunc(sites, func(s string) bool { return !a.OnSite(s) })
}

// Meets reports whether a works for any of these sites, which is what it takes to see an account.
func (a Account) Meets(sites []string) bool {
	return slices.Contains(sites, EverySite) || slices.ContainsFunc(sites, a.OnSite)
}

// Draft is an account to be created.
type Draft struct {
	Name, Login  string
	Role         Role
	Sites, Langs []string
	// Skills are as ParseSkills reads them.
	Skills []string
	// Capacity 0 means DefaultCapacity.
	Capacity int
	// Password may be empty: the account is then entered through a one-time link.
	Password string
}

// tidy fills in what may be left out and returns every problem of the rest, joined.
func (d Draft) tidy(sites, queues []string) (Draft, error) {
	d.Name = strings.TrimSpace(d.Name)
	d.Login = foldLogin(d.Login)
	if d.Capacity == 0 {
		d.Capacity = DefaultCapacity
	}
	if len(d.Langs) == 0 {
		d.Langs = []string{"zh-CN", "en"}
	}
	return d, errors.Join(
		checkName(d.Name),
		checkLogin(d.Login),
		checkRole(d.Role),
		checkCapacity(d.Capacity),
		checkSites(d.Sites, sites),
		checkLangs(d.Langs),
		checkSkills(d.Skills, queues),
		checkOptionalPassword(d.Login, d.Password),
	)
}

// foldLogin is how a login is compared: people add spaces and capitals.
func foldLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

func checkName(name string) error {
	if n := utf8.RuneCountInString(name); n < 1 || n > maxName || !utf8.ValidString(name) {
		return FieldError{"name", "must have 1 to " + strconv.Itoa(maxName) + " characters; visitors see it"}
	}
	if strings.ContainsFunc(name, unicode.IsControl) {
		return FieldError{"name", "must not contain line breaks or other control characters"}
	}
	return nil
}

func checkLogin(login string) error {
	if !loginForm.MatchString(login) {
		return FieldError{"login", "must have 1 to 64 of a-z, 0-9 and . _ @ + -, and begin with a letter or digit"}
	}
	return nil
}

func checkRole(role Role) error {
	if !role.Known() {
		return FieldError{"role", "must be agent, lead, ops or admin"}
	}
	return nil
}

func checkCapacity(capacity int) error {
	if capacity < 1 || capacity > MaxCapacity {
		return FieldError{"capacity", "must be 1 to " + strconv.Itoa(MaxCapacity)}
	}
	return nil
}

func checkSites(sites, known []string) error {
	if len(sites) == 0 {
		return FieldError{"sites", `must name at least one site, or "*" for all`}
	}
	for _, site := range sites {
		if site != EverySite && !slices.Contains(known, site) {
			return FieldError{"sites", "must name sites that exist: " + strings.Join(known, ", ")}
		}
	}
	return nil
}

func checkLangs(langs []string) error {
	for _, lang := range langs {
		if _, err := language.Parse(lang); err != nil {
			return FieldError{"langs", "must be language tags such as zh-CN or en"}
		}
	}
	return nil
}

func checkSkills(texts, queues []string) error {
	skills, err := ParseSkills(texts)
	if err != nil || len(queues) == 0 {
		return err
	}
	for _, skill := range skills {
		if !slices.Contains(queues, skill.Queue) {
			return FieldError{"skills", "must name queues that there are: " + strings.Join(queues, ", ")}
		}
	}
	return nil
}
