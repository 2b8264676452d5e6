using System.Runtime.InteropServices;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Activations of one grain class.</summary>
/// <param name="GrainType">Name of the class in ids.</param>
/// <param name="Activations">Living now.</param>
/// <param name="ActivationsMade">Since the engine started.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GrainTypeStatistics(string GrainType, int Activations, long ActivationsMade);
