import { useMemo } from "react";
import { useLocation, useRoute, useSearch } from "wouter";
import type { Account } from "../api/account";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useAct } from "../keys/Acts";
import { exportAddress, useFound } from "./api";
import { type Asked, askedOf, idIn, searchOf } from "./asked";
import { ExportMenu } from "./ExportMenu";
import { FoundList } from "./FoundList";
import { RecordPane } from "./RecordPane";
import classes from "./records.module.css";
import { SearchForm } from "./SearchForm";

/** Finding past conversations and reading them. What is asked and what is open stand in the address. */
export function Records({ account }: { account: Account }) {
  const { t } = useI18n();
  const search = useSearch();
  const [, navigate] = useLocation();
  const [, params] = useRoute<{ id?: string }>("/records/:id?");
  const asked = useMemo(() => askedOf(search), [search]);
  const seq = Number(new URLSearchParams(search).get("seq")) || 0;
  const session = params?.id;
  const found = useFound(asked);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const ask = (next: Asked) => {
    const id = idIn(next.q);
    navigate(id ? `/records/${id}` : `/records?${searchOf(next)}`);
  };
  const at = items.findIndex(
    (item) => item.session === session && (seq === 0 || item.message?.seq === seq),
  );
  const step = (by: number) => {
    const item = items[session ? at + by : 0];
    const to = asked.q ? `${item?.message?.seq ?? ""}` : "";
    return item ? () => navigate(`/records/${item.session}?${searchOf(asked, { seq: to })}`) : null;
  };
  useAct("next", step(1));
  useAct("previous", session ? step(-1) : null);
  const mayTake = account.role !== "agent";
  return (
    <div className={classes.records} data-open={session ? true : undefined}>
      <div className={classes.top}>
        <SearchForm asked={asked} onAsk={ask}>
          {mayTake && items.length > 0 && (
            <ExportMenu
              name={t.records.takeAll}
              address={(format) => exportAddress(asked, format)}
            />
          )}
        </SearchForm>
      </div>
      <nav className={classes.list} aria-label={t.records.results}>
        <FoundList asked={asked} found={found} open={session && `${session}/${seq || ""}`} />
      </nav>
      <section className={classes.open} aria-label={t.records.reading}>
        {session ? (
          <RecordPane
            key={session}
            session={session}
            seq={seq}
            found={items[at] ?? items.find((item) => item.session === session)}
            terms={found.data?.pages[0]?.terms ?? []}
            back={`/records?${searchOf(asked)}`}
            mayTake={mayTake}
            mayErase={account.role === "admin"}
          />
        ) : (
          <div className={classes.empty}>
            <span className={classes.sign}>
              <Icon name="search" size={36} />
            </span>
            <strong>{t.records.pick}</strong>
            <span>{t.records.pickHint}</span>
          </div>
        )}
      </section>
    </div>
  );
}
