export { openDevHost } from "./dev-host";
