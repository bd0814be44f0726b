package library

import (
	"context"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/rs/zerolog"

	"yijian/agents"
	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/export"
	"yijian/web/auth"
)

type exportInput struct {
	Asked
	Format string `query:"format" enum:"csv,jsonl" default:"csv"`
}

// export answers while it reads. A client that leaves ends the reading; what had been sent by then is
// cut off, which the connection tells: the last chunk is missing.
func (l *Library) export(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	who := auth.Of(ctx).Account
	sites, err := sites(who, agents.SessionsTake, in.Site)
	if err != nil {
		return nil, err
	}
	q, err := in.query(sites)
	if err != nil {
		return nil, err
	}
	err = l.Record.Audit(ctx, record.Entry{At: l.Now(), Who: who.ID, What: "sessions.export", Site: in.Site, Target: in.Format})
	if err != nil {
		return nil, err
	}
	return l.stream(export.Format(in.Format), "conversations", func(ctx context.Context, each func(session.ID) error) error {
		return l.Search.Each(ctx, q, each)
	}), nil
}

// stream writes an export as an attachment.
func (l *Library) stream(format export.Format, name string, sessions export.Sessions) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("Content-Type", format.MediaType())
		out.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + "." + string(format)}))
		out.SetHeader("Cache-Control", "no-store")
		ctx := out.Context()
		counts, err := export.Write(ctx, out.BodyWriter(), l.Record, format, sessions)
		if err == nil {
			return
		}
		zerolog.Ctx(ctx).Warn().Err(err).Int("sessions", counts.Sessions).Msg("export ended early")
		panic(http.ErrAbortHandler) // cuts the connection, so that nobody takes a part for the whole
	}}
}
