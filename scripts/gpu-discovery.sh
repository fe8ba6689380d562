#!/usr/bin/env bash
# Tells Spark which GPUs this machine has, as spark.*.resource.gpu.discoveryScript must: NVIDIA's, else those that OpenCL
# knows. An address is the number that stands after --kernel gpu: as well.
set -uo pipefail

# Of a machine without a driver, nvidia-smi prints prose.
nvidia() {
  nvidia-smi --query-gpu=index --format=csv,noheader 2>/dev/null | grep -xE '[0-9]+'
}

# Numbered as the kernel numbers them: without processors, which OpenCL counts as devices, too.
opencl() {
  clinfo --raw 2>/dev/null | awk '$2 == "CL_DEVICE_TYPE" && /CL_DEVICE_TYPE_GPU/ { print n++ + 0 }'
}

addresses=$(nvidia)
[[ -n $addresses ]] || addresses=$(opencl)
[[ -n $addresses ]] || printf 'gpu-discovery.sh: neither nvidia-smi nor clinfo knows a GPU here\n' >&2

printf '{"name": "gpu", "addresses": ['
separator=
for address in $addresses; do
  printf '%s"%s"' "$separator" "$address"
  separator=', '
done
printf ']}\n'
