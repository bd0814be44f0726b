package past

import (
	"context"
	"fmt"
	"slices"

	"yijian/session/record"
)

// Result says what became of conversations that were stored.
type Result struct {
	// Stored are new, Known were there already.
	Stored, Known int
	// Differs are the sources of those that are there with other content, and were left alone.
	Differs []string
	// Events is how many were written.
	Events int
}

// storeChunk is how many conversations one transaction writes.
const storeChunk = 100

// Store writes conversations into the record. Storing them again changes nothing.
func Store(ctx context.Context, db *record.DB, all []Conversation, progress func(done int)) (Result, error) {
	var result Result
	done := 0
	for chunk := range slices.Chunk(all, storeChunk) {
		if err := storeSome(ctx, db, chunk, &result); err != nil {
			return result, err
		}
		done += len(chunk)
		progress(done)
	}
	return result, nil
}

func storeSome(ctx context.Context, db *record.DB, some []Conversation, result *Result) error {
	segments := make([]record.Segment, len(some))
	for i, c := range some {
		segments[i].Session = c.ID()
		segments[i].Events, segments[i].State = c.Log()
	}
	outcomes, err := db.WriteSegments(ctx, segments)
	if err != nil {
		return err
	}
	for i, outcome := range outcomes {
		switch outcome {
		case record.Stored:
			result.Stored++
			result.Events += len(segments[i].Events)
		case record.Known:
			result.Known++
		case record.Apart:
			result.Differs = append(result.Differs, some[i].Source)
		}
	}
	return nil
}

// Sites checks that the sites of conversations exist, and says of each that does not where it is named.
func Sites(ctx context.Context, db *record.DB, all []Conversation) error {
	sites, err := db.Sites(ctx)
	if err != nil {
		return err
	}
	var problems Problems
	told := map[string]bool{}
	for _, c := range all {
		known := slices.ContainsFunc(sites, func(s record.Site) bool { return s.ID == c.Site })
		if known || told[c.Site] {
			continue
		}
		told[c.Site] = true
		problems.add(c.Line, "there is no site %q; add it to the settings and start the server once, or give --site", cut(c.Site))
	}
	return problems.orNil()
}

// String is a sentence for people.
func (r Result) String() string {
	text := fmt.Sprintf("%d conversations imported, %d were there already", r.Stored, r.Known)
	if n := len(r.Differs); n > 0 {
		text += fmt.Sprintf(", %d are there with other content and were left alone: %q", n, r.Differs[:min(n, 10)])
	}
	return text + "."
}

var _ fmt.Stringer = Result{}
