package check

import (
	"fmt"
)

// sessionsResume is invariant 12: when all is over, every session opens again from where its client
// stood. A run that never tried is not judged.
func sessionsResume(t *talk, found report) {
	if len(t.Resumes) == 0 {
		return
	}
	tried := false
	for _, p := range t.parties {
		if p.resume == nil {
			continue
		}
		tried = true
		if !p.resume.OK {
			found(fmt.Sprintf("%s could not resume it: %s.", p.client, p.resume.Problem), *p.resume)
		}
	}
	if !tried && t.visited() {
		found("nobody resumed it.")
	}
}

// visited reports whether a client of this run was ever welcomed to the session.
func (t *talk) visited() bool {
	_, ok := t.welcomed[t.id]
	return ok
}

// welcomedSessionsExist is invariant 12 for the sessions that are not there to be judged: what a
// client was welcomed to has a log at the end.
func welcomedSessionsExist(v *view, found deskReport) {
	for id, e := range v.welcomed {
		if _, ok := v.Logs[id]; !ok {
			found(id, "a client was welcomed to it, and it has no log.", e)
		}
	}
	for _, r := range v.Resumes {
		if _, ok := v.Logs[r.Session]; !ok && !r.OK {
			found(r.Session, fmt.Sprintf("%s could not resume it: %s.", r.Client, r.Problem), r)
		}
	}
}
