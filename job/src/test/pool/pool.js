// A pool of foundation-stratum for a Bitcoin node on regtest. Arguments: the node's port and key, the pool's port, the payout
// address, the difficulty of a share. Prints a JSON object per line: what it has started, and each share.
require('./native');
const Stratum = require('foundation-stratum');

const [nodePort, nodeKey, port, address, difficulty] = process.argv.slice(2);
const say = (what) => console.log(JSON.stringify(what));

const network = {
  bech32: 'rb', bip32: { public: 0xeab4fa05, private: 0xeab404c7 }, peerMagic: 'fabfb5da',
  pubKeyHash: 0x3c, scriptHash: 0x26, wif: 0x5a, coin: 'btc'
};

const pool = Stratum.create({
  enabled: true,
  name: 'test',
  coins: ['Bitcoin'],
  debug: false,
  banning: { time: 600, invalidPercent: 1, checkThreshold: 100000, purgeInterval: 300 },
  ports: [{
    port: Number(port), enabled: true, tls: false,
    difficulty: { initial: Number(difficulty), minimum: Number(difficulty), maximum: Number(difficulty), targetTime: 15, retargetTime: 90, variance: 0.3 }
  }],
  settings: { blockRefreshInterval: 200, connectionTimeout: 600, jobRebroadcastTimeout: 5, tcpProxyProtocol: false },
  p2p: { enabled: false },
  primary: {
    address,
    recipients: [],
    coin: {
      name: 'Bitcoin', symbol: 'BTC', asicboost: true, getinfo: false, hybrid: false, parameters: {}, segwit: false, rewards: {}, staking: false, version: 1,
      algorithms: { mining: 'sha256d', block: 'sha256d', coinbase: 'sha256d' },
      mainnet: network, testnet: network
    },
    daemons: [{ host: '127.0.0.1', port: Number(nodePort), username: 'x', password: nodeKey }]
  }
}, { identifier: '' }, (ip, onPort, worker, auxiliary, password, done) =>
  done({ error: password === 'letmein' ? null : [24, 'unauthorized worker', null], authorized: password === 'letmein', disconnect: false }),
() => {});

pool.on('log', (severity, text) => say({ log: severity, text }));
pool.on('started', () => say({ started: true }));
pool.on('share', (share, type, isBlock, done) => {
  say({ share: type, error: share.error, hash: share.hash, block: isBlock, height: share.height });
  if (done) done();
});
pool.setupPool();
