package agents_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/agents"
)

func TestSkillsAreReadWithTheirLevels(t *testing.T) {
	t.Parallel()
	got, err := agents.ParseSkills([]string{"appeals:5", "general"})
	want := []agents.Skill{{Queue: "appeals", Level: 5}, {Queue: "general", Level: 1}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	again, err := agents.ParseSkills(agents.SkillTexts(got))
	if diff := cmp.Diff(want, again); diff != "" || err != nil {
		t.Errorf("written and read again: %v (-want +got):\n%s", err, diff)
	}
}

func TestABadSkillIsRefusedWithWhatToWrite(t *testing.T) {
	t.Parallel()
	for _, texts := range [][]string{
		{""},
		{":3"},
		{"appeals:"},
		{"appeals:0"},
		{"appeals:-1"},
		{"appeals:6"},
		{"appeals:best"},
		{"a|b:1"},
		{"appeals:1:2"},
		{"appeals", "appeals:3"},
		{"售后"},
	} {
		if _, err := agents.ParseSkills(texts); !errors.Is(err, agents.ErrInvalid) {
			t.Errorf("%q: got %v", texts, err)
		}
	}
}

func FuzzParseSkill(f *testing.F) {
	for _, text := range []string{"appeals:3", "general", ":", "a:99999999999999999999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		skill, err := agents.ParseSkill(text)
		if err != nil {
			return
		}
		if again, err := agents.ParseSkill(skill.String()); err != nil || again != skill {
			t.Errorf("%q is %v, which reads as %v, %v", text, skill, again, err)
		}
	})
}

func TestAnAccountServesOnlyQueuesThatThereAre(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, b bench) {
		store := agents.New(b.db, agents.Options{Queues: []string{"appeals", "general"}})
		draft := agents.Draft{
			Name: "小王", Login: "wang", Role: agents.RoleAgent, Sites: []string{"demo"}, Skills: []string{"appeals:3", "apeals"},
		}
		var field agents.FieldError
		if _, err := store.Create(t.Context(), draft); !errors.As(err, &field) || field.Field != "skills" || !strings.Contains(field.Problem, "appeals, general") {
			t.Errorf("got %v, want the queues that there are", err)
		}
		draft.Skills = draft.Skills[:1]
		if _, err := store.Create(t.Context(), draft); err != nil {
			t.Error(err)
		}
	})
}
