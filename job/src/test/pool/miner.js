// A miner made of stratum-client, for a pool of the program's tests: it hashes one job on the processor until it has a share.
// Arguments: the pool's port, its user and password. Prints a JSON object per line.
const crypto = require('crypto');
const client = require('stratum-client');

const [port, user, password] = process.argv.slice(2);
const say = (what) => console.log(JSON.stringify(what));
const sha256d = (bytes) => {
  const once = crypto.createHash('sha256').update(bytes).digest();
  return crypto.createHash('sha256').update(once).digest();
};
const ONE = 0xffffn << 208n;

const swapped = (hex) => Buffer.from(hex, 'hex').swap32();
const littleEndian = (hex) => Buffer.from(hex, 'hex').reverse();

const solve = (work) => {
  const second = '00'.repeat(work.extraNonce2Size);
  let root = sha256d(Buffer.from(work.coinb1 + work.extraNonce1 + second + work.coinb2, 'hex'));
  for (const sibling of work.merkle_branch) {
    root = sha256d(Buffer.concat([root, Buffer.from(sibling, 'hex')]));
  }
  const header = Buffer.concat([
    littleEndian(work.version), swapped(work.prevhash), root, littleEndian(work.ntime), littleEndian(work.nbits), Buffer.alloc(4)
  ]);
  const target = BigInt(Math.floor(2 ** 24 / work.miningDiff)) * (ONE >> 24n);
  for (let nonce = 0; nonce < 2 ** 32; nonce++) {
    header.writeUInt32LE(nonce, 76);
    if (BigInt('0x' + sha256d(header).reverse().toString('hex')) <= target) {
      return { second, nonce: nonce.toString(16).padStart(8, '0') };
    }
  }
};

const seen = new Set();
const miner = client({
  server: '127.0.0.1', port: Number(port), worker: user, password, autoReconnectOnError: false,
  onAuthorizeSuccess: () => say({ authorized: true }),
  onAuthorizeFail: () => say({ authorized: false }),
  onSubscribe: (subscription) => say({ subscribed: subscription }),
  onNewMiningWork: (work) => {
    if (seen.has(work.jobId)) return;
    seen.add(work.jobId);
    say({ job: work.jobId });
    // After the answers that are on their way.
    setTimeout(() => {
      const share = solve(work);
      miner.submit({
        worker_name: user, job_id: work.jobId, extranonce2: share.second, ntime: work.ntime, nonce: share.nonce
      });
    }, 200);
  },
  onSubmitWorkSuccess: () => { say({ accepted: true }); miner.shutdown(); },
  onSubmitWorkFail: (error) => { say({ accepted: false, error }); miner.shutdown(); }
});
