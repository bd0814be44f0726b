package agents

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// Levels of a skill: 1 is enough to take a ticket, 5 is an expert.
const (
	MinLevel = 1
	MaxLevel = 5
)

// Skill is a queue that an agent serves, and how well.
type Skill struct {
	Queue string
	Level int
}

var queueForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// String writes a skill the way ParseSkill reads it.
func (s Skill) String() string { return s.Queue + ":" + strconv.Itoa(s.Level) }

// Check says what is wrong with a skill, as a FieldError.
func (s Skill) Check() error {
	if !queueForm.MatchString(s.Queue) {
		return FieldError{"skills", "must name queues by 1 to 64 of A–Z, a–z, 0–9, _ and -, such as appeals:3"}
	}
	if s.Level < MinLevel || s.Level > MaxLevel {
		return FieldError{"skills", "must have levels from 1, enough, to 5, an expert, such as appeals:3"}
	}
	return nil
}

// ParseSkill reads "appeals:3", or "appeals" for the lowest level.
func ParseSkill(text string) (Skill, error) {
	name, level, leveled := strings.Cut(text, ":")
	s := Skill{Queue: name, Level: MinLevel}
	if leveled {
		// What is no number becomes 0, which is no level.
		s.Level, _ = strconv.Atoi(level)
	}
	return s, s.Check()
}

// ParseSkills reads several skills and returns all that is wrong with them, joined. A queue that comes
// twice is wrong too: which level counts is not something to remember.
func ParseSkills(texts []string) ([]Skill, error) {
	var errs []error
	seen := map[string]bool{}
	out := make([]Skill, len(texts))
	for i, text := range texts {
		skill, err := ParseSkill(text)
		if err == nil && seen[skill.Queue] {
			err = FieldError{"skills", "must name each queue once; " + skill.Queue + " comes again"}
		}
		seen[skill.Queue] = true
		out[i], errs = skill, append(errs, err)
	}
	return out, errors.Join(errs...)
}

// SkillTexts writes skills the way ParseSkills reads them.
func SkillTexts(skills []Skill) []string {
	out := make([]string, len(skills))
	for i, s := range skills {
		out[i] = s.String()
	}
	return out
}

// readSkills keeps those that can be read.
func readSkills(texts []string) []Skill {
	var out []Skill
	for _, text := range texts {
		if s, err := ParseSkill(text); err == nil {
			out = append(out, s)
		}
	}
	return out
}
