package session

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A field that is added to State and forgotten in one of the two would be lost with Redis' memory.
func TestAStateIsReadBackFromWhatItIsWrittenAs(t *testing.T) {
	t.Parallel()
	var s State
	fill(reflect.ValueOf(&s).Elem(), new(int64))
	list, err := pairsOf(s)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for i := 0; i < len(list); i += 2 {
		m[list[i].(string)] = fmt.Sprint(list[i+1])
	}
	if diff := cmp.Diff(stateOf(m), s); diff != "" {
		t.Errorf("read back another state: %s", diff)
	}
}

// fill gives every field a value of its own.
func fill(v reflect.Value, n *int64) {
	*n++
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.UnixMilli(1_700_000_000_000 + *n).UTC()))
	case v.Kind() == reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, n)
		}
	case v.Kind() == reflect.String:
		v.SetString(fmt.Sprint("word", *n))
	case v.CanInt():
		v.SetInt(*n)
	case v.CanUint():
		v.SetUint(uint64(*n))
	}
}
