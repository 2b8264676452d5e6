namespace ClosedLoop.Grains.Embedded;

/// <summary>Marks an interface whose methods are calls to a grain.</summary>
public interface IGrain : IAddressable;
