package fivefold.net.loop;

/**
 * A descriptor that a poller watches. The kernel gives the number of a closed descriptor to the
 * next one, so an event names a registration and not a number: one that is no longer {@link
 * #isLive} is from before, and is passed over.
 */
public final class Registration {
  private final int descriptor;
  private final int generation;
  private final Object attachment;
  // A one-shot poller is told by workers what its loop then reads.
  private volatile int interest;
  private boolean live = true;
  private int index;

  Registration(int descriptor, int generation, int interest, Object attachment) {
    this.descriptor = descriptor;
    this.generation = generation;
    this.interest = interest;
    this.attachment = attachment;
  }

  public int descriptor() {
    return descriptor;
  }

  /** Tells this use of the number from earlier ones. */
  public int generation() {
    return generation;
  }

  /** What is watched for: bits of {@link Interest}. */
  public int interest() {
    return interest;
  }

  /** What was given when registering. */
  public Object attachment() {
    return attachment;
  }

  /** False once it has been unregistered. */
  public boolean isLive() {
    return live;
  }

  /** For the poller that owns it. */
  public void setInterest(int wanted) {
    interest = wanted;
  }

  /** A number for the poller that owns it, such as a place in its array. */
  public int index() {
    return index;
  }

  public void setIndex(int place) {
    index = place;
  }

  void end() {
    live = false;
  }

  @Override
  public String toString() {
    return descriptor + " " + Interest.describe(interest) + " " + attachment;
  }
}
