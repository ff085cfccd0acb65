/** Vue 3: see Deliveries.vue. */

import { createApp } from 'vue';
import Deliveries from './Deliveries.vue';

createApp(Deliveries).mount('#app');
