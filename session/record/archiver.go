package record

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/rdb"
)

const (
	// archiveEvery is how often an archiver looks for sessions to archive. They are due a second after
	// the first event that the record does not have.
	archiveEvery = 500 * time.Millisecond
	// archiveRetry and archiveRetryMost are how long it leaves a record alone that does not take anything.
	archiveRetry     = time.Second
	archiveRetryMost = 5 * time.Second
	// archiveWithin bounds one transaction, so that a record that hangs counts as away.
	archiveWithin = 10 * time.Second

	// What is in memory at a time, however much has piled up: sessions claimed in one partition, events
	// read of each, and what is gathered from several partitions for one transaction.
	claimSessions = 32
	readEvents    = 100
	batchSegments = 256
	batchBytes    = 4 << 20
)

// Archiver copies what is new in the logs into the record. Every node runs one; the claims of what is
// due keep them apart.
//
//	event stored ──▶ dirty ──due──▶ claimed ──read, written in one transaction──▶ noted as archived
//	                   ▲               │ the record does not take it, or the node dies: due again
//	                   └───────────────┘
//
// The record only ever goes on where it ends. If a log does not follow there, because a failover took
// events back that were archived, the two are compared first (fork.go).
type Archiver struct {
	db      *DB
	log     *session.Log
	logger  zerolog.Logger
	metrics archiverMetrics
	keeper  keeper
	// measure gives the raw signal values of a conversation that has ended.
	measure Measure

	mu    sync.Mutex
	cause error // why the record takes nothing now
	since time.Time
}

// Measure returns the raw signal values of a whole conversation as JSON, and which version measured.
type Measure func(events []session.Event) (version int, values []byte, err error)

type archiverMetrics struct {
	lag                      prometheus.Gauge
	events, segments, failed prometheus.Counter
	forks                    *prometheus.CounterVec
}

// NewArchiver returns an archiver of a log. The log must not be one that waits for it (Keeping).
func NewArchiver(db *DB, log *session.Log, measure Measure, logger zerolog.Logger) *Archiver {
	count := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
	}
	return &Archiver{
		db: db, log: log, measure: measure, logger: logger.With().Str("component", "archiver").Logger(),
		keeper: newKeeper(),
		metrics: archiverMetrics{
			lag: prometheus.NewGauge(prometheus.GaugeOpts{
				Name: "yijian_archive_lag_seconds", Help: "Age of the oldest event that the record does not have yet; about 1 when all is well.",
			}),
			events:   count("yijian_archived_events_total", "Events that this node wrote to the record."),
			segments: count("yijian_archived_segments_total", "Segments that this node wrote to the record."),
			failed:   count("yijian_archive_failures_total", "Transactions that the record did not take; each is tried again."),
			forks: prometheus.NewCounterVec(prometheus.CounterOpts{
				Name: "yijian_archive_repairs_total", Help: "Logs and archives that did not follow each other, by what mended them.",
			}, []string{"how"}),
		},
	}
}

// Register registers the archiver's metrics.
func (a *Archiver) Register(reg prometheus.Registerer) {
	m := a.metrics
	reg.MustRegister(m.lag, m.events, m.segments, m.failed, m.forks)
}

// Down returns since when and why the record takes nothing, or nil. Visitors notice nothing of it:
// Redis keeps the logs meanwhile.
func (a *Archiver) Down() (since time.Time, cause error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.since, a.cause
}

// Run archives until ctx ends. When it takes longer than the pace it was meant for, it comes less often
// and takes more each time, which costs less an event.
func (a *Archiver) Run(ctx context.Context) error {
	wait, retry := archiveEvery, archiveRetry
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		began := time.Now()
		err := a.RunOnce(ctx)
		wait = max(archiveEvery, time.Since(began))
		if err == nil {
			retry = archiveRetry
			continue
		}
		if ctx.Err() == nil {
			a.logger.Warn().Err(err).Msg("not archived")
		}
		wait, retry = retry, min(2*retry, archiveRetryMost)
	}
}

// RunOnce archives all that is due now.
func (a *Archiver) RunOnce(ctx context.Context) error {
	parts, since, now, err := a.log.Dirty(ctx)
	lag := 0.0
	if !since.IsZero() {
		lag = now.Sub(since).Seconds() + 1
	}
	a.metrics.lag.Set(lag)
	errs := []error{err}
	var b batch
	for len(parts) > 0 && ctx.Err() == nil {
		var more []int
		for _, part := range parts {
			full, err := a.gather(ctx, part, &b)
			if err != nil {
				errs = append(errs, err) // what others have is archived all the same
				continue
			}
			if full {
				more = append(more, part)
			}
			if len(b.segments) >= batchSegments || b.bytes >= batchBytes {
				if _, err := a.write(ctx, &b); err != nil {
					return errors.Join(append(errs, err)...)
				}
			}
		}
		parts = more
	}
	_, err = a.write(ctx, &b)
	return errors.Join(append(errs, err)...)
}

// batch is what one transaction takes.
type batch struct {
	segments []Segment
	// compare are sessions that have nothing new and were looked at all the same: they were restored.
	compare []session.ID
	bytes   int
}

// gather claims sessions of a partition and reads what is new in them. It reports whether there may be
// more of them.
func (a *Archiver) gather(ctx context.Context, part int, b *batch) (full bool, err error) {
	ids, err := a.log.ClaimDirty(ctx, part, claimSessions)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	return len(ids) == claimSessions, a.read(ctx, ids, b)
}

func (a *Archiver) read(ctx context.Context, ids []session.ID, b *batch) error {
	logs, err := a.log.Backlogs(ctx, ids, readEvents)
	if err != nil {
		return err
	}
	for i := range logs {
		l := &logs[i]
		if len(l.Events) == 0 {
			b.compare = append(b.compare, l.ID)
			continue
		}
		b.segments = append(b.segments, Segment{Session: l.ID, Events: l.Events, State: l.State})
		for _, e := range l.Events {
			b.bytes += len(e.Body.Text) + len(e.Body.Decision) + 200
		}
	}
	return nil
}

// write writes a batch and empties it. It returns the sessions of which the record did not take what the
// batch had; they were compared, and may be tried again.
func (a *Archiver) write(ctx context.Context, b *batch) (apart []session.ID, err error) {
	now := *b
	*b = batch{}
	outcomes, err := a.store(ctx, now.segments)
	if err != nil {
		return nil, err
	}
	var errs []error
	marks := map[int][]session.Mark{}
	for i, s := range now.segments {
		if outcomes[i] == Apart {
			apart = append(apart, s.Session)
		}
		if outcomes[i] != Stored {
			now.compare = append(now.compare, s.Session)
			continue
		}
		last := s.Events[len(s.Events)-1]
		part := rdb.PartitionOf(string(s.Session))
		marks[part] = append(marks[part], session.Mark{
			ID: s.Session, At: session.Position{Since: last.Seq, Tail: last.ID}, Life: s.State.Life,
		})
	}
	for _, some := range marks {
		_, err := a.log.Archived(ctx, some) // one whose log was set back is compared when it is due again
		errs = append(errs, err)
	}
	for _, id := range now.compare {
		errs = append(errs, a.compare(ctx, id))
	}
	return apart, errors.Join(append(errs, a.finish(ctx, now.segments))...)
}

// store writes segments and notes whether the record takes anything.
func (a *Archiver) store(ctx context.Context, segments []Segment) ([]Outcome, error) {
	if len(segments) == 0 {
		return nil, nil
	}
	bounded, cancel := context.WithTimeout(ctx, archiveWithin)
	defer cancel()
	outcomes, err := a.db.WriteSegments(bounded, segments)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("archiving: %w", ctx.Err())
	}
	a.took(err)
	if err != nil {
		a.metrics.failed.Inc()
		return nil, err
	}
	for i, s := range segments {
		if outcomes[i] == Stored {
			a.metrics.segments.Inc()
			a.metrics.events.Add(float64(len(s.Events)))
		}
	}
	return outcomes, nil
}

// took notes an answer of the record, and says aloud when it goes and when it is back.
func (a *Archiver) took(err error) {
	a.mu.Lock()
	was, since := a.cause, a.since
	a.cause = err
	if err != nil && was == nil {
		a.since = time.Now()
	}
	a.mu.Unlock()
	switch {
	case err != nil && was == nil:
		a.logger.Error().Err(err).Msg("the record takes nothing; redis keeps the conversations until it does")
	case err == nil && was != nil:
		a.logger.Info().Dur("after", time.Since(since)).Msg("the record takes conversations again")
	}
}
