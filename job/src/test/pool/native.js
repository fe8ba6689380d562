// foundation-stratum's two native parts, on what Node.js has: the hash functions of other coins need libsodium's headers to
// be compiled, and of big numbers it uses a handful of operations. All that makes it a pool is its own.
const crypto = require('crypto');

const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest();

class Big {
  constructor(value) { this.value = value; }
  toNumber() { return Number(this.value); }
  mul(other) { return new Big(this.value * big(other).value); }
  pow(other) { return new Big(this.value ** big(other).value); }
  ge(other) { return this.value >= big(other).value; }
}

const big = (value, base) => value instanceof Big ? value : new Big(BigInt(base === 16 ? '0x' + value : value));

big.fromBuffer = (bytes, options) => {
  const hex = (options && options.endian === 'little' ? Buffer.from(bytes).reverse() : bytes).toString('hex');
  return new Big(BigInt('0x' + hex));
};

const provide = (name, exports) => {
  require.cache[require.resolve(name)] = { id: name, filename: name, loaded: true, exports };
};

provide('bignum', big);
provide('foundation-multi-hashing', { sha256d: (bytes) => sha256(sha256(bytes)) });
