package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"yijian/agents"
	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/web/auth"
	"yijian/web/problem"
)

// previewed is how many of the last decisions a preview judges again.
const previewed = 50

type draftIn struct {
	Lang string `query:"lang" maxLength:"35" doc:"A BCP 47 tag; English if it is not spoken."`
	Body struct {
		Policy json.RawMessage `json:"policy" doc:"As GET /v1/policy shows it; its version does not matter."`
	}
}

type previewOut struct {
	Body struct {
		Problems []string `json:"problems" nullable:"false" doc:"All that is wrong with it; empty if it can be published."`
		Hash     string   `json:"hash,omitempty"`
		Items    []Judged `json:"items" nullable:"false"`
		Changed  int      `json:"changed" doc:"How many of them would have been something else."`
	}
}

func (s *Server) policyPreview(ctx context.Context, in *draftIn) (*previewOut, error) {
	var out previewOut
	out.Body.Problems, out.Body.Items = []string{}, []Judged{}
	draft, err := readDraft(in.Body.Policy)
	if err == nil {
		err = policy.Check(draft)
	}
	if err != nil {
		out.Body.Problems = strings.Split(err.Error(), "\n")
		return &out, nil
	}
	out.Body.Hash = draft.Hash()
	all, err := s.policies.Preview(ctx, s.sitesOf(ctx), draft, previewed)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		j := judgedOf(r.Judgement, in.Lang)
		would := verdictOf(r.Would, in.Lang)
		j.Would, j.Changed = &would, r.Changed()
		if j.Changed {
			out.Body.Changed++
		}
		out.Body.Items = append(out.Body.Items, j)
	}
	return &out, nil
}

type publishIn struct {
	Body struct {
		Base   int             `json:"base" minimum:"1" doc:"The version that the draft was begun from."`
		Reason string          `json:"reason" maxLength:"2000" doc:"Why, in 3 to 500 characters; the audit keeps it."`
		Policy json.RawMessage `json:"policy"`
	}
}

func (s *Server) policyPublish(ctx context.Context, in *publishIn) (*versionOut, error) {
	by, err := s.publisher(ctx)
	if err != nil {
		return nil, err
	}
	draft, err := readDraft(in.Body.Policy)
	if err != nil {
		return nil, err
	}
	return s.published(s.policies.Publish(ctx, in.Body.Base, draft, by, in.Body.Reason))
}

type restoreIn struct {
	Version int `path:"version" minimum:"1"`
	Body    struct {
		Base   int    `json:"base" minimum:"1" doc:"The version that is the newest, as far as the caller knows."`
		Reason string `json:"reason" maxLength:"2000"`
	}
}

func (s *Server) policyRestore(ctx context.Context, in *restoreIn) (*versionOut, error) {
	by, err := s.publisher(ctx)
	if err != nil {
		return nil, err
	}
	return s.published(s.policies.Restore(ctx, in.Body.Base, in.Version, by, in.Body.Reason))
}

func (s *Server) published(v policy.Version, err error) (*versionOut, error) {
	if err != nil {
		return nil, err
	}
	s.log.Info().Int("version", v.Version).Str("hash", v.Hash).Str("account", v.By).Msg("policy published")
	body, err := versionOf(v)
	return &versionOut{body}, err
}

// publisher is the caller, if the caller's sites are all there are: one policy decides at all of them.
func (s *Server) publisher(ctx context.Context) (policy.Author, error) {
	who := auth.Of(ctx).Account
	for id := range s.sites {
		if !who.May(agents.PolicyWrite, id) {
			return policy.Author{}, agents.ErrForbidden
		}
	}
	return policy.Author{ID: who.ID, Name: who.Name}, nil
}

func readDraft(body json.RawMessage) (escalate.Policy, error) {
	var p escalate.Policy
	if err := json.Unmarshal(body, &p); err != nil {
		return p, problem.New(problem.Invalid, "This is not a policy: "+err.Error()+".",
			"Take GET /v1/policy as a model, correct it and send it again.")
	}
	return p, nil
}

type csvOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// policyAudit writes every version there is, oldest first. A spreadsheet is told not to take any cell
// for a formula (O4).
func (s *Server) policyAudit(ctx context.Context, _ *struct{}) (*csvOut, error) {
	var rows [][]string
	before := map[int]string{}
	for below := 0; below != 1; {
		page, err := s.policies.Versions(ctx, below, versionsPage)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			break
		}
		for _, v := range page {
			body, err := json.Marshal(v.Policy)
			if err != nil {
				return nil, err
			}
			before[v.Version] = string(body)
			rows = append(rows, []string{
				strconv.Itoa(v.Version), v.At.Format(time.RFC3339), v.By, v.Name, v.Reason, strconv.Itoa(v.Restores), v.Hash,
			})
			below = v.Version
		}
	}
	return &csvOut{"text/csv; charset=utf-8", `attachment; filename="policies.csv"`, writeAudit(rows, before)}, nil
}

func writeAudit(newestFirst [][]string, bodies map[int]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"version", "at", "by", "name", "reason", "restores", "hash", "before", "after"})
	for _, row := range slices.Backward(newestFirst) {
		version, _ := strconv.Atoi(row[0])
		cells := append(row, bodies[version-1], bodies[version])
		for c := range cells {
			cells[c] = noFormula(cells[c])
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return b.Bytes()
}

// noFormula keeps a spreadsheet from running what somebody typed.
func noFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
