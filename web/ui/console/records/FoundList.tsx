import { Button, Loader } from "@mantine/core";
import { useEffect } from "react";
import { useI18n } from "../i18n/I18n";
import { useFilters, type useFound } from "./api";
import { type Asked, filtersIn, searchOf } from "./asked";
import { FoundRow } from "./FoundRow";
import { Terms } from "./Marked";
import classes from "./records.module.css";

interface Props {
  asked: Asked;
  found: ReturnType<typeof useFound>;
  open: string | undefined;
}

/** A search may look through so many empty pages by itself before it asks whether to go on. */
const EMPTY_PAGES = 8;

/** What was found, the newest first, and the way to what is older. */
export function FoundList({ asked, found, open }: Props) {
  const { t, lang } = useI18n();
  const { data, isPending, isError, hasNextPage, isFetching, fetchNextPage } = found;
  const sites = useFilters().data?.sites ?? [];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const terms = data?.pages[0]?.terms ?? [];
  const pages = data?.pages.length ?? 0;
  const goesOn = hasNextPage && !isFetching && items.length === 0 && pages < EMPTY_PAGES;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);

  const siteName = (id: string) => {
    const site = sites.length > 1 ? sites.find((one) => one.id === id) : undefined;
    return site && ((lang === "en" ? site.name_en : site.name_zh) || id);
  };
  if (isPending) return <Waiting />;
  if (isError && items.length === 0) {
    return (
      <div className={classes.empty} role="alert">
        <strong>{t.records.failed}</strong>
        <span>{t.records.failedHint}</span>
        <Button variant="light" onClick={() => found.refetch()}>
          {t.records.again}
        </Button>
      </div>
    );
  }
  if (items.length === 0 && isFetching) return <Waiting />;
  if (items.length === 0 && !hasNextPage) {
    const anything = !asked.q && filtersIn(asked) === 0;
    return (
      <div className={classes.empty} role="status">
        <strong>{anything ? t.records.none : t.records.nothing}</strong>
        <span>{anything ? t.records.noneHint : t.records.nothingHint}</span>
      </div>
    );
  }
  return (
    <Terms value={terms}>
      <p className={classes.count} role="status">
        {hasNextPage ? t.records.shownOf(items.length) : t.records.shown(items.length)}
      </p>
      <ol
        className={classes.found}
        aria-label={t.records.results}
        data-stale={found.isPlaceholderData || undefined}
      >
        {items.map((item) => {
          const seq = asked.q ? `${item.message?.seq ?? ""}` : "";
          return (
            <FoundRow
              key={`${item.session}/${item.message?.seq}`}
              found={item}
              terms={terms}
              href={`/records/${item.session}?${searchOf(asked, { seq })}`}
              open={open === `${item.session}/${seq}`}
              site={siteName(item.site)}
            />
          );
        })}
      </ol>
      {hasNextPage && (
        <Button
          fullWidth
          variant="subtle"
          loading={found.isFetchingNextPage}
          onClick={() => fetchNextPage()}
        >
          {t.records.older}
        </Button>
      )}
      {isError && <p className={classes.problem}>{t.records.failed}</p>}
    </Terms>
  );
}

function Waiting() {
  const { t } = useI18n();
  return (
    <div className={classes.empty} role="status">
      <Loader size="sm" />
      <span>{t.records.searching}</span>
    </div>
  );
}
