import { describe, expect, it } from 'vitest';
import { AgentopsError } from '../../errors.ts';
import { type AgentEnvironmentParts, agentEnvironment } from './agent-environment.ts';

const parts: AgentEnvironmentParts = {
  given: {},
  home: '/trial/home',
  temp: '/trial/tmp',
  names: [],
  endpoints: {},
};

describe('agentEnvironment()', () => {
  it('passes on little of what is set, and no key and no variable of a loader', () => {
    const given = {
      PATH: '/bin',
      LANG: 'de_DE.UTF-8',
      HOME: '/home/me',
      TMPDIR: '/var/tmp',
      OPENAI_API_KEY: 'secret',
      AWS_SECRET_ACCESS_KEY: 'secret',
      NODE_OPTIONS: '--require /tmp/x.js',
      LD_PRELOAD: '/tmp/x.so',
      DYLD_INSERT_LIBRARIES: '/tmp/x.dylib',
      BASH_ENV: '/tmp/x.sh',
      ENV: '/tmp/x.sh',
      PYTHONSTARTUP: '/tmp/x.py',
      PYTHONPATH: '/tmp',
      HTTPS_PROXY: 'http://me:secret@proxy',
      SSL_CERT_FILE: '/etc/ca.pem',
      LC_ALL: undefined,
    };
    const environment = agentEnvironment({ ...parts, given });
    const fromGiven = Object.entries(environment).filter(
      ([name, value]) => Object.hasOwn(given, name) && given[name as keyof typeof given] === value,
    );
    expect(Object.fromEntries(fromGiven)).toEqual({
      PATH: '/bin',
      LANG: 'de_DE.UTF-8',
      SSL_CERT_FILE: '/etc/ca.pem',
    });
    expect(Object.values(environment).join()).not.toContain('secret');
    expect(Object.keys(environment)).not.toContain('LC_ALL');
  });

  it('sets the folders of the trial, the time zone and a language where none is set', () => {
    expect(agentEnvironment(parts)).toMatchObject({
      HOME: '/trial/home',
      TMPDIR: '/trial/tmp',
      TMP: '/trial/tmp',
      TEMP: '/trial/tmp',
      TZ: 'UTC',
      LANG: 'C.UTF-8',
    });
    expect(agentEnvironment({ ...parts, given: { TZ: 'Asia/Tokyo' } })['TZ']).toBe('Asia/Tokyo');
  });

  it('silences what reports to vendors, unless the suite names the switch', () => {
    const given = { DO_NOT_TRACK: '0', OTEL_SDK_DISABLED: 'false' };
    const names = ['OTEL_SDK_DISABLED'];
    expect(agentEnvironment({ ...parts, given, names })).toMatchObject({
      DO_NOT_TRACK: '1',
      OTEL_SDK_DISABLED: 'false',
      CREWAI_DISABLE_TELEMETRY: 'true',
      OPENAI_AGENTS_DISABLE_TRACING: '1',
      OTEL_TRACES_EXPORTER: 'none',
      LANGSMITH_TRACING: 'false',
    });
  });

  it('passes on what the suite names, whatever it is, empty or with a name of prototypes', () => {
    const given = { NODE_OPTIONS: '--x', HOME: '/home/me', EMPTY: '', ['__proto__']: 'p' };
    const names = Object.keys(given);
    const environment = agentEnvironment({ ...parts, given, names });
    expect({ ...environment }).toMatchObject(given);
    expect(Object.entries(environment)).toContainEqual(['__proto__', 'p']);
  });

  it('lets the endpoints of the trial beat what the suite names', () => {
    const given = { OPENAI_BASE_URL: 'https://api.example', OPENAI_API_KEY: 'secret' };
    const endpoints = { OPENAI_BASE_URL: 'http://127.0.0.1:1/t/1', OPENAI_API_KEY: 'none' };
    const names = Object.keys(given);
    expect(agentEnvironment({ ...parts, given, names, endpoints })).toMatchObject(endpoints);
  });

  it.each([
    [['ORG'], 'variable "ORG" is not set'],
    [['PATH', 'ORG', 'toString', 'GONE'], 'variables "ORG", "toString", "GONE" are not set'],
  ])('throws where %j are named and some not set', (names, words) => {
    const given = { PATH: '/bin', GONE: undefined };
    const build = () => agentEnvironment({ ...parts, given, names });
    const message = `Cannot build the environment of the agent: ${words}, though the suite names ${names.length > 1 ? 'them' : 'it'} under env`;
    expect(build).toThrow(new AgentopsError('usage', message));
  });
});
