#include "pair_kernel_choice.hpp"

#include "paget/core/error.hpp"

namespace paget::agents
{

bool has_avx512_kernel()
{
#ifdef PAGET_AVX512_KERNEL
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
#else
    return false;
#endif
}

PairKernel pair_kernel(KernelChoice choice)
{
    if (choice == KernelChoice::avx512 && !has_avx512_kernel()) {
        throw InputError("mechanics.kernels = avx512 was asked for, but this processor has no AVX-512 (the program "
                         "would stop at its first instruction). Use auto or portable: the results are the same.");
    }
#ifdef PAGET_AVX512_KERNEL
    if (choice != KernelChoice::portable && has_avx512_kernel()) {
        return sum_pairs_avx512;
    }
#endif
    return sum_pairs_portable;
}

} // namespace paget::agents
