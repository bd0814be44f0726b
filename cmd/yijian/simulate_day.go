package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"yijian/router/simulate"
)

// dayFile is a day as ops write it down; docs/SIMULATION.md has one in full.
type dayFile struct {
	From    string      `yaml:"from"`
	For     yamlLength  `yaml:"for"`
	Streams []dayStream `yaml:"streams"`
	Shifts  []dayShift  `yaml:"shifts"`
}

type dayStream struct {
	Queue     string          `yaml:"queue"`
	Lang      string          `yaml:"lang"`
	Reason    string          `yaml:"reason"`
	PerHour   float64         `yaml:"per_hour"`
	Profile   map[int]float64 `yaml:"profile"`
	Bursts    []string        `yaml:"bursts"`
	Handle    yamlLength      `yaml:"handle"`
	Spread    float64         `yaml:"spread"`
	Patience  yamlLength      `yaml:"patience"`
	HeadStart yamlLength      `yaml:"head_start"`
	Uncapped  bool            `yaml:"uncapped"`
}

type dayShift struct {
	Agents   int      `yaml:"agents"`
	Capacity int      `yaml:"capacity"`
	Hours    string   `yaml:"hours"`
	Langs    []string `yaml:"langs"`
	Skills   []string `yaml:"skills"`
}

// yamlLength is a duration written as 8m or 1h30m.
type yamlLength time.Duration

// UnmarshalText reads it.
func (l *yamlLength) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is no length; write it as 8m or 1h30m", text)
	}
	*l = yamlLength(d)
	return nil
}

func readDay(path string) (simulate.Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return simulate.Config{}, fmt.Errorf("reading the day: %w", err)
	}
	file := dayFile{From: "00:00", For: yamlLength(24 * time.Hour)}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return simulate.Config{}, badDay("%s: %s", path, yaml.FormatError(err, false, true))
	}
	c, err := file.config()
	if err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

func (f *dayFile) config() (simulate.Config, error) {
	from, err := timeOfDay(f.From)
	if err != nil {
		return simulate.Config{}, err
	}
	c := simulate.Config{Open: from, For: time.Duration(f.For)}
	for i := range f.Streams {
		s, err := f.Streams[i].stream()
		if err != nil {
			return c, err
		}
		c.Streams = append(c.Streams, s)
	}
	for _, d := range f.Shifts {
		s, err := d.shift()
		if err != nil {
			return c, err
		}
		c.Shifts = append(c.Shifts, s)
	}
	if len(c.Streams) == 0 {
		return c, badDay("nobody comes; give at least one of streams")
	}
	return c, nil
}

func (d *dayStream) stream() (simulate.Stream, error) {
	s := simulate.Stream{
		Queue: d.Queue, Lang: d.Lang, Reason: d.Reason, PerHour: d.PerHour,
		Handle:    lengths(time.Duration(d.Handle), d.Spread),
		HeadStart: time.Duration(d.HeadStart), Uncapped: d.Uncapped,
	}
	if s.Queue == "" {
		s.Queue = "general"
	}
	if d.Patience != 0 {
		s.Patience = lengths(time.Duration(d.Patience), 0)
	}
	for hour, rate := range d.Profile {
		if hour < 0 || hour > 23 {
			return s, badDay("a profile has no hour %d; give hours from 0 to 23", hour)
		}
		if s.Profile == nil {
			s.Profile = make([]float64, 24)
		}
		s.Profile[hour] = rate
	}
	for _, text := range d.Bursts {
		burst, err := parseBurst(text)
		if err != nil {
			return s, err
		}
		s.Bursts = append(s.Bursts, burst)
	}
	return s, nil
}

func (d *dayShift) shift() (simulate.Shift, error) {
	s := simulate.Shift{Agents: d.Agents, Capacity: d.Capacity, To: 24 * time.Hour, Langs: d.Langs, Skills: d.Skills}
	if d.Hours == "" {
		return s, nil
	}
	from, to, ok := strings.Cut(d.Hours, "-")
	if !ok {
		return s, badDay("%q are no hours of a shift; write them as 09:00-17:30", d.Hours)
	}
	var err error
	if s.From, err = timeOfDay(strings.TrimSpace(from)); err != nil {
		return s, err
	}
	s.To, err = timeOfDay(strings.TrimSpace(to))
	return s, err
}
