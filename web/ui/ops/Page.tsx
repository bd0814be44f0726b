import { Tabs, VisuallyHidden } from "@mantine/core";
import { useRoute } from "wouter";
import type { Account } from "../console/api/account";
import { useI18n } from "../console/i18n/I18n";
import { Records } from "../console/records/Records";
import { Opening } from "../console/signin/Opening";
import { usePolicy } from "./api";
import { Decisions } from "./Decisions";
import { Editor } from "./Editor";
import { Head } from "./Head";
import { History } from "./History";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

/** The rules or, at an address of their own, past chats. */
export function Page({ account }: { account: Account }) {
  const { t } = useI18n();
  const [inRecords] = useRoute("/records/:id?");
  if (!inRecords) return <Policy account={account} />;
  return (
    <div className={classes.fixed}>
      <Head account={account} />
      <main className={classes.records}>
        <VisuallyHidden component="h1">{t.records.title}</VisuallyHidden>
        <Records account={account} />
      </main>
    </div>
  );
}

/** The rules, what became of them, and what they decided. */
function Policy({ account }: { account: Account }) {
  const { lang, t } = useI18n();
  const words = useWords();
  const policy = usePolicy(lang);
  if (policy.isError && !policy.data) return <Opening text={words.failed} retry={policy.refetch} />;
  if (!policy.data) return <Opening text={t.loading} />;
  const now = policy.data;
  const readOnly = account.role !== "ops" && account.role !== "admin";
  const when = new Date(now.at).toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div className={classes.page}>
      <Head account={account} />
      <main className={classes.main}>
        <h1>{words.title}</h1>
        <p className={classes.live}>{words.live(now.version, now.name, when)}</p>
        <Tabs defaultValue="rules" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="rules">{words.tabs.rules}</Tabs.Tab>
            <Tabs.Tab value="history">{words.tabs.history}</Tabs.Tab>
            <Tabs.Tab value="decisions">{words.tabs.decisions}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="rules" pt="md">
            <Editor now={now} readOnly={readOnly} />
          </Tabs.Panel>
          <Tabs.Panel value="history" pt="md">
            <History now={now} readOnly={readOnly} />
          </Tabs.Panel>
          <Tabs.Panel value="decisions" pt="md">
            <Decisions />
          </Tabs.Panel>
        </Tabs>
      </main>
    </div>
  );
}
