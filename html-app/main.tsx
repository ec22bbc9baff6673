import { render } from 'preact';
import { App } from './app.tsx';
import { openPage } from './page.ts';

const root = document.getElementById('app');
if (root) {
  history.scrollRestoration = 'manual';
  render(<App page={openPage()} />, root);
}
