/** True in development and in the gallery only: there the firm is scripted, without a core. */
declare const __SCRIPTED__: boolean;
