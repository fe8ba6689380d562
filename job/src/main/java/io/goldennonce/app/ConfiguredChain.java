package io.goldennonce.app;

import io.goldennonce.chain.ChainRules;
import io.goldennonce.chain.Genesis;
import io.goldennonce.chain.Retarget;
import io.goldennonce.config.Configuration;

/** Creates the own chain's rules from the configuration. */
public final class ConfiguredChain {
  private ConfiguredChain() {}

  /** Computes the first block, which takes 2^genesis-difficulty hashes. */
  public static ChainRules rules(Configuration configuration) {
    Configuration.Rules rules = configuration.chain().rules();
    Retarget retarget =
        rules.retargetWindow() == 0
            ? Retarget.FIXED
            : new Retarget(
                rules.retargetWindow(), rules.blockInterval().toSeconds(), rules.retargetClamp());
    return new ChainRules(
        retarget,
        Genesis.block(rules.genesisTime(), rules.genesisData(), rules.genesisDifficulty()));
  }
}
