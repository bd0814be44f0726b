import { ActionIcon, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import classes from "./Dialog.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

/** A dialog over the desk. Its heading is a plain one: the page has only one banner. */
export function Dialog({ opened, onClose, title, children }: Props) {
  const { t } = useI18n();
  return (
    <Modal.Root opened={opened} onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content aria-label={title} radius="lg">
        <Modal.Body>
          <div className={classes.head}>
            <h2>{title}</h2>
            <ActionIcon aria-label={t.close} onClick={onClose}>
              <Icon name="cross" />
            </ActionIcon>
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
