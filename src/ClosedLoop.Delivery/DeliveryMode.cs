namespace ClosedLoop.Delivery;

/// <summary>Where mail goes. Nothing leaves to real people by accident: the default is the sink.</summary>
public enum DeliveryMode
{
    /// <summary>Every message goes to the sink, whatever relay the client names.</summary>
    Sink,

    /// <summary>Messages go to the client's relay.</summary>
    Live,
}
