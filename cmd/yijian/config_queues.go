package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"yijian/router"
	"yijian/router/queue"
)

// Queue is a line of every site's desk, and how it is served.
type Queue struct {
	Name string `yaml:"name"`
	// Strategy chooses among agents who suit a visitor alike; empty is the one who has been idle longest.
	Strategy string `yaml:"strategy,omitempty"`
	// Weight is the room that a visitor takes of an agent's capacity; 0 is 1.
	Weight int `yaml:"weight,omitempty"`
	// WrapUp is the time for notes after a conversation; 0 is none.
	WrapUp time.Duration `yaml:"wrap_up,omitempty"`
	// AutoAccept gives visitors to agents without asking them.
	AutoAccept bool `yaml:"auto_accept,omitempty"`
	// Full is the place from which on a visitor is told that the line is long; never if 0.
	Full int `yaml:"full,omitempty"`
	// Open and Zone are the queue's own hours, at every site; without them those of the site count.
	Open []string `yaml:"open,omitempty"`
	Zone string   `yaml:"zone,omitempty"`
}

// Rules are the queues as the desk knows them. The one that handoffs join is always there; without any
// in the settings every queue is, with the same rule.
func (c Config) Rules() queue.Rules {
	if len(c.Queues) == 0 {
		return nil
	}
	rules := queue.Rules{router.GeneralQueue: {}}
	for _, q := range c.Queues {
		strategy := queue.Strategies()[q.Strategy] // known, or none: the reader has looked
		rules[q.Name] = queue.Rule{Strategy: strategy, Weight: q.Weight, WrapUp: q.WrapUp, AutoAccept: q.AutoAccept, Full: q.Full}
	}
	return rules
}

func (r yamlReader) queues(f field) {
	sequence, ok := f.node.(*ast.SequenceNode)
	if !ok || len(sequence.Values) == 0 {
		r.problem(f.at, "queues is a list; write `- name: appeals` below it, with strategy, weight, wrap_up, auto_accept, full, open and zone")
		return
	}
	r.cfg.From["queues"] = f.at
	for _, node := range sequence.Values {
		q := r.queue(node)
		if slices.ContainsFunc(r.cfg.Queues, func(other Queue) bool { return other.Name == q.Name }) {
			r.problem(r.at(node), "two queues have the name %q; give each its own", q.Name)
		}
		r.cfg.Queues = append(r.cfg.Queues, q)
	}
}

func (r yamlReader) queue(node ast.Node) Queue {
	var q Queue
	for _, f := range r.fields(node) {
		switch f.key {
		case "name":
			q.Name, _ = r.text(f)
		case "strategy":
			q.Strategy = r.strategy(f)
		case "weight":
			q.Weight = r.weight(f)
		case "wrap_up":
			if d := r.time(f); d != nil {
				q.WrapUp = *d
			}
		case "auto_accept":
			q.AutoAccept = r.yes(f)
		case "full":
			q.Full = r.full(f)
		case "open":
			q.Open, _ = r.texts(f)
		case "zone":
			q.Zone, _ = r.text(f)
		default:
			r.problem(f.at, "a queue has no %q; it has name, strategy, weight, wrap_up, auto_accept, full, open and zone", f.key)
		}
	}
	for _, err := range []error{queue.CheckQueue(q.Name), queue.Rule{WrapUp: q.WrapUp}.Check()} {
		if err != nil {
			r.problem(r.at(node), "%s", err)
		}
	}
	_, err := q.Opening()
	r.opening(node, fmt.Sprintf("queue %q", q.Name), err)
	return q
}

func (r yamlReader) full(f field) int {
	text, ok := r.text(f)
	n, err := strconv.Atoi(text)
	if ok && (err != nil || n < 1) {
		r.problem(f.at, "%q is no place in line; write from which on a line is long, 1 or more", text)
		return 0
	}
	return n
}

func (r yamlReader) strategy(f field) string {
	text, ok := r.text(f)
	if _, known := queue.Strategies()[text]; ok && !known {
		r.problem(f.at, "there is no strategy %q; write one of %s", text,
			strings.Join(slices.Sorted(maps.Keys(queue.Strategies())), ", "))
		return ""
	}
	return text
}

func (r yamlReader) weight(f field) int {
	text, ok := r.text(f)
	n, err := strconv.Atoi(text)
	if ok && (err != nil || n < 1 || n > queue.MaxWeight) {
		r.problem(f.at, "%q is no weight; write how many places of an agent a visitor takes, 1 to %d", text, queue.MaxWeight)
		return 0
	}
	return n
}

func (r yamlReader) yes(f field) bool {
	text, ok := r.text(f)
	is, err := strconv.ParseBool(text)
	if ok && err != nil {
		r.problem(f.at, "%q is neither true nor false; write one of them", text)
	}
	return is
}
