namespace ClosedLoop.Operations.Ports;

/// <summary>What somebody who helps needs to see, without secrets and addresses.</summary>
public interface ISupportBundle
{
    /// <summary>An archive (zip), made now.</summary>
    byte[] Make();
}
