package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/session/record/keep"
	"yijian/session/record/mask"
)

func TestASitesPrivacyIsItsPresetAndWhatItSaysOverThat(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	days := func(n int) *int { return &n }
	for name, c := range map[string]struct {
		site  Site
		want  keep.Rule
		wrong string
	}{
		"nothing":      {Site{}, keep.Rule{}, ""},
		"cn":           {Site{Privacy: "cn"}, keep.Rule{Keep: 1095 * day, Mask: mask.All}, ""},
		"eu":           {Site{Privacy: "eu"}, keep.Rule{Keep: 180 * day, Mask: mask.All}, ""},
		"us":           {Site{Privacy: "us"}, keep.Rule{Keep: 730 * day, Mask: mask.IDCard | mask.BankCard}, ""},
		"own":          {Site{Privacy: "eu", KeepDays: days(0), Mask: []string{"phone"}}, keep.Rule{Mask: mask.Phone}, ""},
		"none masked":  {Site{Privacy: "eu", Mask: []string{"none"}}, keep.Rule{Keep: 180 * day}, ""},
		"no preset":    {Site{Privacy: "mars"}, keep.Rule{}, `no preset "mars"`},
		"too short":    {Site{KeepDays: days(1)}, keep.Rule{}, "write 2 to 36500"},
		"another kind": {Site{Mask: []string{"name"}}, keep.Rule{}, "write all, bank_card, id_card, none, phone"},
	} {
		got, err := c.site.Rule()
		if c.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%s: got %v, want %q", name, err, c.wrong)
			}
			continue
		}
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%s: error %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestARecordIsBackedUpRestoredAndVerified(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, out := filepath.Join(dir, "past.csv"), filepath.Join(dir, "record.backup")
	if err := os.WriteFile(file, []byte("conversation,at,from,text\n1,2026-03-01 09:00,visitor,我要退款\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		args []string
		says string
	}{
		{[]string{"import", file, "--site", "demo", "--db", dir + "/a.db"}, "1 conversations imported"},
		{[]string{"backup", "--out", out, "--db", dir + "/a.db"}, "rows written"},
		{[]string{"restore", out, "--db", dir + "/b.db"}, "rows restored"},
		{[]string{"verify", "--db", dir + "/b.db"}, "1 conversations with 2 events read, 0 faults found."},
	} {
		if code, said, errs := yijian(t, step.args...); code != 0 || !strings.Contains(said, step.says) {
			t.Errorf("%v: code %d, said %q %q", step.args, code, said, errs)
		}
	}
	for _, step := range []struct {
		args []string
		says string
	}{
		{[]string{"restore", out, "--db", dir + "/a.db"}, "not empty"},
		{[]string{"restore", file, "--db", dir + "/c.db"}, "not a whole backup"},
		{[]string{"backup", "--out", out, "--db", dir + "/a.db"}, "there already"},
	} {
		if code, said, errs := yijian(t, step.args...); code != 1 || !strings.Contains(errs, step.says) {
			t.Errorf("%v: code %d, said %q %q", step.args, code, said, errs)
		}
	}
}
