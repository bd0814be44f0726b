import "@mantine/core/styles.layer.css";
import "../console/tokens.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { takeToken } from "../console/api/link";
import { pageNonce } from "../console/nonce";
import { applyScheme } from "../console/settings/scheme";
import { App } from "./App";

applyScheme();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App nonce={pageNonce()} linkToken={takeToken()} />
    </StrictMode>,
  );
}
