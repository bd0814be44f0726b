import "@mantine/core/styles.layer.css";
import "./tokens.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { takeToken } from "./api/link";
import { pageNonce } from "./nonce";
import { applyScheme } from "./settings/scheme";

applyScheme();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App nonce={pageNonce()} linkToken={takeToken()} />
    </StrictMode>,
  );
}
