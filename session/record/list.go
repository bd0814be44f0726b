package record

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

var (
	_ sql.Scanner   = (*JSONList)(nil)
	_ driver.Valuer = JSONList(nil)
)

// JSONList reads and writes a list of strings as a TEXT column that holds JSON.
type JSONList []string

// Scan implements sql.Scanner.
func (l *JSONList) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("a list column holds %T, want text", src)
	}
	return json.Unmarshal([]byte(text), (*[]string)(l))
}

// Value implements driver.Valuer; a nil list is stored as an empty one.
func (l JSONList) Value() (driver.Value, error) {
	if l == nil {
		l = JSONList{}
	}
	text, err := json.Marshal([]string(l))
	return string(text), err
}
