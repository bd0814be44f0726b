package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"yijian/session"
	"yijian/session/record/keep"
	"yijian/session/record/mask"
)

// maskKinds are the words of the setting mask.
var maskKinds = map[string]mask.Kinds{
	"phone": mask.Phone, "id_card": mask.IDCard, "bank_card": mask.BankCard, "all": mask.All, "none": mask.None,
}

// presets are starting points for a site's privacy, explained in docs/PRIVACY.md.
var presets = map[string]keep.Rule{
	"cn": {Keep: 3 * 365 * 24 * time.Hour, Mask: mask.All},
	"eu": {Keep: 180 * 24 * time.Hour, Mask: mask.All},
	"us": {Keep: 2 * 365 * 24 * time.Hour, Mask: mask.IDCard | mask.BankCard},
}

// Rule is what the record keeps of a site: its preset, and what the site itself says over that.
func (s Site) Rule() (keep.Rule, error) {
	rule, ok := presets[s.Privacy]
	if s.Privacy != "" && !ok {
		return rule, fmt.Errorf("there is no preset %q; write cn, eu or us, or leave privacy out", s.Privacy)
	}
	if s.KeepDays != nil {
		rule.Keep = time.Duration(*s.KeepDays) * 24 * time.Hour
		if least := int(keep.MinKeep.Hours() / 24); *s.KeepDays != 0 && *s.KeepDays < least || *s.KeepDays > 36500 {
			return rule, fmt.Errorf("keep_days is %d; write %d to 36500, or 0 for ever", *s.KeepDays, least)
		}
	}
	if s.Mask == nil {
		return rule, nil
	}
	rule.Mask = mask.None
	for _, word := range s.Mask {
		kind, ok := maskKinds[word]
		if !ok {
			return rule, fmt.Errorf("there is no kind of number %q to mask; write %s", word, strings.Join(slices.Sorted(maps.Keys(maskKinds)), ", "))
		}
		rule.Mask |= kind
	}
	return rule, nil
}

// rules are those of all sites. Like idle they were checked when they were loaded.
func (c Config) rules() map[string]keep.Rule {
	rules := map[string]keep.Rule{}
	for _, s := range c.Sites {
		if rule, err := s.Rule(); err == nil {
			rules[s.ID] = rule
		}
	}
	return rules
}

// erase removes a conversation from Redis and from the record.
func (a *app) erase(ctx context.Context, id session.ID) error {
	return a.router.Erase(ctx, id, a.record.Erase)
}
